/**
 * What all HTTP APIs share: problem documents, paging, entity tags, request bodies, the API
 * document.
 */
@NullMarked
package io.voicerouting.web;

import org.jspecify.annotations.NullMarked;
