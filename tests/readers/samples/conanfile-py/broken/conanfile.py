class Pump(ConanFile:
    requires = "zlib/1.2.13"
