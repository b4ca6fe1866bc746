"""The window; the only room besides camera and screen adapters that knows Qt."""

from labelviewer.ui.undying import keep_constants

keep_constants()
