package io.voicerouting.audit;

import io.voicerouting.common.NotFoundException;
import io.voicerouting.common.PageQuery;
import io.voicerouting.common.PageView;
import io.voicerouting.common.SearchText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Lists changes, the newest first. */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class AuditReader {

  private static final Set<String> SORTABLE = Set.of("occurred_at");

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private final AuditRepository entries;

  AuditReader(AuditRepository entries) {
    this.entries = entries;
  }

  /**
   * Lists changes.
   *
   * @param organizationId the organization, which may have been deleted; null to list the changes
   *     of all organizations, and those that belong to none
   */
  PageView<AuditView> list(@Nullable Long organizationId, PageQuery page, AuditFilter filter) {
    if (organizationId != null && !entries.isKnown(organizationId)) {
      throw new NotFoundException(
          "organization-not-found", "There is no organization " + organizationId + ".");
    }
    PageQuery sorted =
        page.sort().isEmpty() ? new PageQuery(page.page(), page.size(), List.of("-id")) : page;
    return PageView.of(
        entries
            .search(
                organizationId,
                text(filter.resource()),
                filter.resourceId() == null ? null : filter.resourceId().value(),
                filter.action(),
                filter.source(),
                text(filter.tokenName()),
                text(filter.requestId()),
                within(Objects.requireNonNullElse(filter.since(), FIRST)),
                within(Objects.requireNonNullElse(filter.until(), LAST)),
                sorted.toPageable(SORTABLE))
            .map(AuditEntry::toView));
  }

  private static @Nullable String text(@Nullable SearchText text) {
    return text == null ? null : text.value();
  }

  /** PostgreSQL does not support every instant of Java. */
  private static Instant within(Instant instant) {
    return instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
  }
}
