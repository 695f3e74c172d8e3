from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "zhengtong.faces.portal"
    label = "faces_portal"
