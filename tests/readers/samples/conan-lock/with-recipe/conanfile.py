class Pump(ConanFile):
    requires = "fmt/10.1.1"

    def requirements(self):
        self.requires(self.other)
