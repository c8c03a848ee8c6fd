message(STATUS "nothing is fetched here")
