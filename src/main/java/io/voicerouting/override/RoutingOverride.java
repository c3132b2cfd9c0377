package io.voicerouting.override;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.OverrideMode;
import io.voicerouting.common.VersionedEntity;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;
import lombok.Getter;
import lombok.Setter;
import org.jspecify.annotations.Nullable;

/** A row of {@code routing_overrides}. It is cleared, but not changed otherwise. */
@Entity
@Table(name = "routing_overrides")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class RoutingOverride extends VersionedEntity {

  @Column(updatable = false)
  private long organizationId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private OverrideScope scope;

  @Column(updatable = false)
  private @Nullable Long businessHoursScheduleId;

  @Column(updatable = false)
  private @Nullable Long phoneNumberId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private OverrideMode mode;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "action_type", updatable = false))
  @AttributeOverride(name = "target", column = @Column(name = "action_target", updatable = false))
  private @Nullable CallAction action;

  @Column(updatable = false)
  private Instant startsAt;

  @Column(updatable = false)
  private @Nullable Instant endsAt;

  @Column(updatable = false)
  private @Nullable String note;

  @Column(updatable = false)
  private String createdBy;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private OverrideOrigin createdVia;

  private @Nullable Instant clearedAt;

  private @Nullable String clearedBy;

  /** Converts the row to the form in which answers show it. */
  OverrideView toView() {
    return new OverrideView(
        getId(),
        getVersion(),
        getCreatedAt(),
        getUpdatedAt(),
        organizationId,
        scope,
        businessHoursScheduleId,
        phoneNumberId,
        mode,
        action,
        startsAt,
        endsAt,
        note,
        createdBy,
        createdVia,
        clearedAt,
        clearedBy);
  }
}
