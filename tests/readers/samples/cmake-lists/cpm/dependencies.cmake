include(cmake/CPM.cmake)
CPMAddPackage("gh:fmtlib/fmt#10.1.1")
CPMAddPackage("gh:catchorg/Catch2@3.4.0")
CPMAddPackage("gl:libeigen/eigen@3.4.0#3.4")
CPMAddPackage("https://git.example.org/driver.git@1.2#v1.2-final")
CPMAddPackage(URI "https://files.example.org/table-2.0.tar.gz@2.0" OPTIONS "X ON")
CPMAddPackage(
  NAME boost
  VERSION 1.83.0
  GITHUB_REPOSITORY "boostorg/boost"
  GIT_TAG "boost-1.83.0"
)
CPMFindPackage(NAME sqlite VERSION 3.44.0)
CPMAddPackage(GITHUB_REPOSITORY;acme/listed;GIT_TAG;v7.0;EXCLUDE_FROM_ALL;YES)
function(get name tag)
  CPMAddPackage(NAME ${name} GITHUB_REPOSITORY acme/${name} GIT_TAG ${tag})
endfunction()
