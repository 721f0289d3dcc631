"""Ten cities in one market, drawn from a seed by the recipe of the public instances.

As in `p6-istanbul-10000`: 120 products with Zipf popularity (exponent 0.85) in 12 categories, 650
stores a city of which a quarter sell several categories, 2 to 7 offers a store, buyers with 1 to 4
wishes, free in 2 to 4 stretches of one to five hours at the hours of a working day, who go 1.5 to
8 km. Districts lie around the city's centre with weights that fall like the root of their rank. No
two cities are in reach of each other.
"""

from math import cos, radians
from random import Random

CITIES = {
    "Istanbul": (41.01, 28.95),
    "Ankara": (39.93, 32.85),
    "Izmir": (38.42, 27.14),
    "Bursa": (40.19, 29.06),
    "Antalya": (36.89, 30.70),
    "Adana": (36.99, 35.33),
    "Konya": (37.87, 32.48),
    "Gaziantep": (37.06, 37.38),
    "Kayseri": (38.73, 35.48),
    "Trabzon": (41.00, 39.72),
}
PRODUCTS, CATEGORIES, STORES = 120, 12, 650
HORIZON, SLOT = 2880, 10
# Share of the day's wishes that begin in each local hour.
HOURS = (6, 3, 3, 4, 4, 6, 9, 14, 33, 24, 24, 22, 20, 18, 21, 26, 29, 32, 33, 27, 18, 13, 12, 9)
LOCAL_AT_T0 = 8 * 60


def market(seed, intents, cities=10):
    """Return an instance (``fpw-matching/1``) with so many intents, as many in each city."""
    random = Random(seed)  # noqa: S311
    products = [_product(random, one) for one in range(PRODUCTS)]
    popularity = [1 / (1 + rank) ** 0.85 for rank in range(PRODUCTS)]
    random.shuffle(popularity)
    stores, offers, people = [], [], []
    for latitude, longitude in list(CITIES.values())[:cities]:
        districts = _districts(random, latitude, longitude)
        for _ in range(STORES):
            stores.append(_store(random, len(stores), districts))
            kinds = _kinds(random)
            for product in _assortment(random, kinds, popularity):
                offers.append(_offer(random, len(offers), len(stores) - 1, products[product]))
        for _ in range(intents // cities):
            people.append(_intent(random, len(people), districts, products, popularity))
    return {
        "format": "fpw-matching/1",
        "id": f"cities-{cities}-{seed}-{intents}",
        "title": f"{cities} cities",
        "city": "several",
        "currency": "TRY",
        "t0": "2026-10-08T05:00Z",
        "t0_epoch_min": 29857260,
        "horizon_min": HORIZON,
        "slot_min": SLOT,
        "utc_offsets": [[0, 180]],
        "geo": {
            "kx_um": round(111195 * cos(radians(39))),
            "ky_um": 111195,
            "detour_permille": 1300,
        },
        "weights": {"savings": 1000, "margin": 600},
        "products": products,
        "stores": stores,
        "offers": offers,
        "intents": people,
    }


def _product(random, number):
    price = 100 * round(10 ** random.uniform(1.5, 2.76)) - 10
    category = f"c{number % CATEGORIES:02}"
    return {"id": number, "name": f"product {number}", "category": category, "ref_price": price}


def _districts(random, latitude, longitude):
    places = [
        (random.gauss(latitude, 0.07), random.gauss(longitude, 0.17), 1 / (1 + rank) ** 0.5)
        for rank in range(35)
    ]
    return [one[:2] for one in places], [one[2] for one in places]


def _near(random, districts, spread):
    places, weights = districts
    latitude, longitude = random.choices(places, weights)[0]
    return (
        round(1_000_000 * random.gauss(latitude, spread)),
        round(1_000_000 * random.gauss(longitude, 1.3 * spread)),
    )


def _store(random, number, districts):
    latitude, longitude = _near(random, districts, 0.012)
    opens = random.choice((480, 510, 540, 570, 600))
    closes = random.choice((1200, 1260, 1290, 1320, 1380))
    return {
        "id": number,
        "category": "store",
        "lat": latitude,
        "lon": longitude,
        "hours": [[day, opens, closes] for day in range(7)],
        "blocked": [],
        "capacity": random.randint(6, 18),
        "capacity_overrides": [],
        "max_parallel": random.choices((1, 2, 3), (29, 45, 26))[0],
        "first_window_bonus": random.choice((0, 0, random.randint(1, 89) * 100)),
    }


def _kinds(random):
    if random.random() < 0.25:
        return random.sample(range(CATEGORIES), random.randint(2, 4))
    return [random.randrange(CATEGORIES)]


def _assortment(random, kinds, popularity):
    sold = [one for one in range(PRODUCTS) if one % CATEGORIES in kinds]
    found = set()
    for _ in range(random.randint(2, 7)):
        found.add(random.choices(sold, [popularity[one] for one in sold])[0])
    return sorted(found)


def _offer(random, number, store, product):
    base = 10 * round(product["ref_price"] * random.uniform(0.9, 1.04) / 10)
    size, discount, tiers = random.randint(3, 6), random.randint(30, 80), []
    for _ in range(random.randint(2, 4)):
        tiers.append([size, discount])
        size, discount = size + random.randint(2, 5), discount + random.randint(26, 72)
    return {
        "id": number,
        "store": store,
        "product": product["id"],
        "stock": random.randint(8, 50),
        "base_price": base,
        "unit_cost": round(base * random.uniform(0.45, 0.75)),
        "tiers": tiers,
        "window_slots": random.randint(3, 8),
        "min_lead": random.choice((0, 30, 60, 90, 120)),
        "window_cost": 100 * random.randint(15, 90),
        "no_show_cost": round(base * random.uniform(0, 0.032)),
    }


def _intent(random, number, districts, products, popularity):
    latitude, longitude = _near(random, districts, 0.015)
    wishes = random.choice((1, 2, 2, 3, 4))
    wants = sorted(set(random.choices(range(PRODUCTS), popularity, k=wishes)))
    return {
        "id": number,
        "wants": [
            [one, round(products[one]["ref_price"] * random.gauss(0.97, 0.06))] for one in wants
        ],
        "lat": latitude,
        "lon": longitude,
        "max_dist": 100 * random.randint(15, 80),
        "avail": _stretches(random),
        "qty": random.choices((1, 2, 3), (80, 15, 5))[0],
        "show": random.randint(550, 990),
        "travel_cost": 100 * random.randint(1, 9),
        "wait_cost": 10 * random.randint(0, 15),
        "aging": random.choice((0, 0, 100 * random.randint(0, 40))),
        "min_notice": random.choice((0, 15, 30, 60, 120, 180)),
    }


def _stretches(random):
    """Free stretches on a 5-minute grid; those that overlap are one, the horizon cuts them."""
    parts = []
    for _ in range(random.choices((2, 3, 4), (45, 37, 18))[0]):
        hour = random.choices(range(24), HOURS)[0]
        day = random.choice((0, 1440))
        start = day + (60 * hour - LOCAL_AT_T0) % 1440 + 5 * random.randrange(12)
        parts.append([start, min(HORIZON, start + 5 * random.randint(12, 60))])
    merged = []
    for start, end in sorted(part for part in parts if part[0] < part[1]):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return merged
