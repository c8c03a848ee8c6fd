extensions = ["web_pages"]
project = "Bolus advisor"
