package io.voicerouting.audit;

import io.voicerouting.common.PositiveId;
import io.voicerouting.common.SearchText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which changes to list; null stands for any value. */
record AuditFilter(
    @Nullable SearchText resource,
    @Nullable PositiveId resourceId,
    @Nullable AuditAction action,
    @Nullable AuditSource source,
    @Nullable SearchText tokenName,
    @Nullable SearchText requestId,
    @Nullable Instant since,
    @Nullable Instant until) {}
