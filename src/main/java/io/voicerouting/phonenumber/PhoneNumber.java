package io.voicerouting.phonenumber;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.CallAction;
import io.voicerouting.common.CallOverride;
import io.voicerouting.common.VersionedEntity;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.List;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code phone_numbers}. */
@Entity
@Table(name = "phone_numbers")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class PhoneNumber extends VersionedEntity {

  @Column(updatable = false)
  private long organizationId;

  private String number;

  @Enumerated(EnumType.STRING)
  private PhoneNumberMatch match;

  private @Nullable String name;

  @Enumerated(EnumType.STRING)
  private PhoneNumberStatus status;

  @Enumerated(EnumType.STRING)
  private PhoneNumberHours hours;

  private @Nullable Long businessHoursScheduleId;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "open_action_type"))
  @AttributeOverride(name = "target", column = @Column(name = "open_action_target"))
  private @Nullable CallAction openAction;

  @Embedded
  @AttributeOverride(name = "type", column = @Column(name = "closed_action_type"))
  @AttributeOverride(name = "target", column = @Column(name = "closed_action_target"))
  private @Nullable CallAction closedAction;

  @Convert(converter = CallerRulesConverter.class)
  @JdbcTypeCode(SqlTypes.JSON)
  private List<CallerRule> callerRules;

  /** Converts the row to the form in which answers show it. */
  PhoneNumberView toView() {
    return toView(null);
  }

  /**
   * Converts the row to the form in which the cache shows it, with the overrides that it carries.
   */
  PhoneNumberView toView(@Nullable List<CallOverride> overrides) {
    return new PhoneNumberView(
        getId(),
        getVersion(),
        getCreatedAt(),
        getUpdatedAt(),
        organizationId,
        number,
        match,
        name,
        status,
        hours,
        businessHoursScheduleId,
        openAction,
        closedAction,
        callerRules,
        overrides);
  }
}
