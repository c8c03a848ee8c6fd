"""The recipe of the pump."""
from conan import ConanFile

FMT = "10.1.1"


class Helper:
    requires = "not/1.0"


class Pump(ConanFile):
    name = "pump"
    version = "2.0"
    zlib_version = "1.2.13"
    requires = ("boost/1.83.0", "private")
    tool_requires = "cmake/[>=3.20]", "ninja/1.11.1"
    python_requires = "base/1.0@acme/stable"

    def requirements(self):
        self.requires(f"zlib/{self.zlib_version}")
        self.requires("fmt/" + FMT, transitive_headers=True)
        if self.settings.os == "Linux":
            self.requires("libusb/1.0.26")
        self.requires("openssl/3.1.4", override=True)
        self.requires("doctest/2.4.11", test=True)

    def build_requirements(self):
        self.test_requires("gtest/1.14.0")
        self.requires(self.tested_reference_str)
