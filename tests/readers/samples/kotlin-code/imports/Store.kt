package org.example.device

import com.squareup.moshi.Moshi
import kotlinx.coroutines.*
import com.example.Long as Short
/* outer /* import inner.Nested */ import still.Comment */
// import line.Comment

val text = "import a.Text ${"inner"}"
val raw = """
import raw.Text
"""

fun send() = okhttp3.internal.Client().call()
fun name() = com.jakewharton.timber.Timber.tag("x")
