package io.voicerouting.audit;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit_log}, which {@link AuditLog} and triggers write. */
@Entity
@Immutable
@Table(name = "audit_log")
@SuppressWarnings("NullAway.Init") // set by Hibernate
class AuditEntry {

  @Id private long id;

  private Instant occurredAt;

  private @Nullable Long organizationId;

  private String resource;

  private @Nullable Long resourceId;

  @Enumerated(EnumType.STRING)
  private AuditAction action;

  private @Nullable Long rowCount;

  @Convert(converter = ChangesConverter.class)
  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable Map<String, @Nullable Object> changes;

  @Enumerated(EnumType.STRING)
  private AuditSource source;

  private @Nullable Long tokenId;

  private @Nullable String tokenName;

  private @Nullable String requestId;

  private @Nullable String applicationName;

  private @Nullable String databaseUser;

  /** Converts the row to the form in which answers show it. */
  AuditView toView() {
    return new AuditView(
        id,
        occurredAt,
        organizationId,
        resource,
        resourceId,
        action,
        rowCount,
        changes,
        source,
        tokenId,
        tokenName,
        requestId,
        applicationName,
        databaseUser);
  }
}
