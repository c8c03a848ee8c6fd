# -*- coding: no-such-code -*-
import yaml
