/** What every HTTP API here shares: problem documents, pages, entity tags, JSON bounds. */
@NullMarked
package io.voicerouting.web;

import org.jspecify.annotations.NullMarked;
