"""How people of the city put things, in both languages. Pure."""

from __future__ import annotations

WORDS = {
    "tr": {
        "cancel": ("vazgeçtim", "iptal", "gerek kalmadı, iptal edin"),
        "status": ("ne oldu?", "var mı bir gelişme", "durum nedir"),
        "party": ("{n} kişi olacağız", "{n} kişiyiz"),
        "odd": ("hava nasıl olacak yarın", "asdfgh", "bana bir fıkra anlat", "👍"),
        "stop_inside": ("Ahmet dur dedi ama ben gelirim",),
        "not_coming": ("gelemiyorum", "vazgeçtim, iptal"),
        "coming": ("yoldayım", "geliyorum"),
        "price": ("en fazla {n} TL", "{n} lirayı geçmesin"),
        "hello": ("merhaba", "selam"),
    },
    "en": {
        "cancel": ("never mind, cancel", "cancel", "cancel it please"),
        "status": ("any news?", "what is the status?", "how is it going?"),
        "party": ("we will be {n} people", "{n} people"),
        "odd": ("what is the weather tomorrow", "asdfgh", "tell me a joke", "👍"),
        "stop_inside": ("stop, Jose is not coming but I am",),
        "not_coming": ("I can't come", "cancel, I am not coming"),
        "coming": ("on my way", "coming"),
        "price": ("at most {n} TL", "under {n} lira"),
        "hello": ("hello", "hi"),
    },
}
