"""What the pages of the board show, as frozen values; one file a page."""

from windows.board.queries.demand import DemandPage, demand_page
from windows.board.queries.offers import Offer, OfferPage, offer_page
from windows.board.queries.results import Results, results
from windows.board.queries.till import Till, till
from windows.board.queries.today import Board, board, store_window
from windows.board.queries.twin import TwinPage, twin_page

__all__ = [
    "Board",
    "DemandPage",
    "Offer",
    "OfferPage",
    "Results",
    "Till",
    "TwinPage",
    "board",
    "demand_page",
    "offer_page",
    "results",
    "store_window",
    "till",
    "twin_page",
]
