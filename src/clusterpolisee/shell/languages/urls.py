"""No addresses of its own: Django's LocaleMiddleware leads from an address without a language to the reader's."""

urlpatterns: list[object] = []
