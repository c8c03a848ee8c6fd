from conans import ConanFile, tools


class Pump(ConanFile):
    requires = [("zlib/1.2.11@conan/stable", "override"), "poco/1.9.4", ]
    build_requires = None

    def requirements(self):
        self.requires.add("sqlite3/3.30.1")

    def package_info(self):
        self.cpp_info.requires = ["zlib::zlib"]
