"""Everything that keeps an invariant, each with the test that turns red when it is taken away."""

from tests.guards import deliveries, goods, money, orders, presales, walls

GUARDS = (
    *goods.GUARDS, *orders.GUARDS, *money.GUARDS, *presales.GUARDS, *deliveries.GUARDS,
    *walls.GUARDS,
)  # fmt: skip
