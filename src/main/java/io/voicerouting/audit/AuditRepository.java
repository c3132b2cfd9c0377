package io.voicerouting.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Rows of {@code audit_log}. */
interface AuditRepository extends Repository<AuditEntry, Long> {

  /** Searches changes; null stands for any value. */
  @Query(
      """
      select e from AuditEntry e
      where (:organizationId is null or e.organizationId = :organizationId)
        and (:resource is null or e.resource = :resource)
        and (:resourceId is null or e.resourceId = :resourceId)
        and (:action is null or e.action = :action)
        and (:source is null or e.source = :source)
        and (:tokenName is null or e.tokenName = :tokenName)
        and (:requestId is null or e.requestId = :requestId)
        and e.occurredAt >= :since and e.occurredAt < :until
      """)
  Page<AuditEntry> search(
      @Nullable Long organizationId,
      @Nullable String resource,
      @Nullable Long resourceId,
      @Nullable AuditAction action,
      @Nullable AuditSource source,
      @Nullable String tokenName,
      @Nullable String requestId,
      Instant since,
      Instant until,
      Pageable page);

  /** Whether the organization exists, or has existed within the retention. */
  @NativeQuery(
      "select exists (select from organizations where id = :organizationId)"
          + " or exists (select from audit_log where organization_id = :organizationId)")
  boolean isKnown(long organizationId);
}
