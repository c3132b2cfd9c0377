package io.voicerouting.extension;

import io.voicerouting.cache.EvictionListener;
import io.voicerouting.common.VersionedEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.Map;
import lombok.Getter;
import lombok.Setter;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code extensions}. */
@Entity
@Table(name = "extensions")
@EntityListeners(EvictionListener.class)
@Getter
@Setter
@SuppressWarnings("NullAway.Init") // set by Hibernate, or by the code that creates a row
class Extension extends VersionedEntity {

  @Column(updatable = false)
  private long organizationId;

  private String extensionNumber;

  @Enumerated(EnumType.STRING)
  private ExtensionType type;

  @Enumerated(EnumType.STRING)
  private ExtensionStatus status;

  private @Nullable String displayName;

  private boolean voicemailEnabled;

  private boolean doNotDisturb;

  private boolean forwardEnabled;

  @Convert(converter = ConfigurationConverter.class)
  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable Map<String, @Nullable Object> configuration;

  /** Converts the row to the form in which answers and the cache show it. */
  ExtensionView toView() {
    return new ExtensionView(
        getId(),
        getVersion(),
        getCreatedAt(),
        getUpdatedAt(),
        organizationId,
        extensionNumber,
        type,
        status,
        displayName,
        voicemailEnabled,
        doNotDisturb,
        forwardEnabled,
        configuration);
  }
}
