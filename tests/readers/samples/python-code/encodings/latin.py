# -*- coding: latin-1 -*-
import grösse
name = "ä"
