// #include <commented.h>
/* #include <commented/too.h> */
#include <vector>
#include <zlib.h>
#  include <boost/asio.hpp> // #include <behind.h>
#include "own.h"
#include "../own/upper.h"
#include "fmt/core.h"
#if defined(FAST) /* two
lines */
#include <simdjson.h>
#endif
#include CONFIG_HEADER
#import <Foundation/Foundation.h>
// a comment that goes on \
#include <continued.h>
const char *text = "\
#include <text.h>";
const char *raw = R"x(
#include <raw.h>
)" )x";
char quote = '"'; int big = 1'000'000;
#error don't
#include <last.h>
