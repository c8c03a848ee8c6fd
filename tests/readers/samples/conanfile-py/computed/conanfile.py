import os
from conan import ConanFile

os.remove("conanfile.py")
TWICE = "a"
TWICE = "b"


class Pump(ConanFile):
    requires = "zlib"

    def requirements(self):
        for wanted in self.conan_data["requirements"]:
            self.requires(wanted)
        self.requires("fmt/{}".format(self.version))
        self.requires(f"x/{TWICE}")
        self.requires()
        self.requires("good/1.0")
