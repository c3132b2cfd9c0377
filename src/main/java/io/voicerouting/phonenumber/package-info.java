/** Phone numbers: entity, repository, views, cached resources, admin API. */
@NullMarked
package io.voicerouting.phonenumber;

import org.jspecify.annotations.NullMarked;
