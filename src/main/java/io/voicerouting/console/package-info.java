/**
 * The console: its static files, and the requests that it needs beside those of the API and the
 * operations endpoint. Every answer is JSON for operations; nothing here changes a row.
 */
@NullMarked
package io.voicerouting.console;

import org.jspecify.annotations.NullMarked;
