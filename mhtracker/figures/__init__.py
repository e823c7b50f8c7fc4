"""Pictures as reportlab drawings, shared by screen and paper."""

from reportlab import rl_config

# A strip sets some two thousand attributes; the checks of each, meant for those who make new shapes, took a third of it.
rl_config.shapeChecking = 0
