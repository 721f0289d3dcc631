"""Addresses of the board; the store's id says whose it is."""

from django.urls import path

from windows.board.views import (
    board,
    demand,
    offers,
    offline,
    prices,
    questions,
    results,
    till,
    tills,
    twin,
)

app_name = "board"

urlpatterns = [
    path("", board.stores, name="stores"),
    path("<uuid:store_id>/", board.today, name="today"),
    path("<uuid:store_id>/windows/<uuid:window_id>", board.window, name="window"),
    path("<uuid:store_id>/windows/<uuid:window_id>/pause", board.pause, name="pause"),
    path("<uuid:store_id>/windows/<uuid:window_id>/resume", board.resume, name="resume"),
    path("<uuid:store_id>/windows/<uuid:window_id>/keep", board.keep, name="keep"),
    path("<uuid:store_id>/windows/<uuid:window_id>/stock", board.limit_stock, name="stock"),
    path("<uuid:store_id>/windows/<uuid:window_id>/cancel", board.cancel, name="cancel"),
    path("<uuid:store_id>/windows/<uuid:window_id>/twin", twin.twin, name="twin"),
    path("<uuid:store_id>/offers", offers.offers, name="offers"),
    path("<uuid:store_id>/offers/<uuid:ask_id>", offers.offer, name="offer"),
    path("<uuid:store_id>/offers/<uuid:ask_id>/accept", offers.accept, name="accept"),
    path("<uuid:store_id>/offers/<uuid:ask_id>/counter", offers.counter, name="counter"),
    path("<uuid:store_id>/offers/<uuid:ask_id>/refuse", offers.refuse, name="refuse"),
    path("<uuid:store_id>/products/<uuid:offering_id>", prices.acceptance, name="acceptance"),
    path("<uuid:store_id>/results", results.results, name="results"),
    path("<uuid:store_id>/demand", demand.demand, name="demand"),
    path("<uuid:store_id>/check-in", till.check_in, name="check_in"),
    path("<uuid:store_id>/check-in/undo", till.undo, name="undo"),
    path("<uuid:store_id>/check-in/dispute", till.dispute, name="dispute"),
    path("<uuid:store_id>/check-in/roster", offline.roster, name="roster"),
    path("<uuid:store_id>/check-in/sync", offline.sync, name="sync"),
    path("<uuid:store_id>/questions", questions.questions, name="questions"),
    path("<uuid:store_id>/questions/<uuid:question_id>", questions.answer, name="answer"),
    path("<uuid:store_id>/tills", tills.tills, name="tills"),
    path("<uuid:store_id>/tills/<uuid:till_id>/pin", tills.set_pin, name="till_pin"),
    path("<uuid:store_id>/tills/<uuid:till_id>/end", tills.end, name="till_end"),
    path("till/<str:token>", tills.enter, name="till"),
]
