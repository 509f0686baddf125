"""Nothing yet."""

urlpatterns: list[object] = []
