/** What a stored value looks like: documents, their JSON and what a load returned. */
@NullMarked
package io.voicerouting.cache.document;

import org.jspecify.annotations.NullMarked;
