"""Pictures as reportlab drawings, shared by screen and paper."""

from reportlab import rl_config

# A strip sets some two thousand attributes. Checking each, for those who make new kinds of shape, took a third of it.
rl_config.shapeChecking = 0
