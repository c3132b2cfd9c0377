package io.voicerouting.businesshours;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads schedules with plain JPA: the entity with its nested rows, converted to a document. */
public final class EntitySchedules {

  private static final String ACTIVE =
      """
      select s, o.timezone from BusinessHoursSchedule s
      join Organization o on o.id = s.organizationId
      where s.organizationId = :organizationId and s.deletedAt is null
        and s.status = io.voicerouting.businesshours.BusinessHoursStatus.ACTIVE
      """;

  private final EntityManager entities;

  /** Uses an entity manager that is bound to the current transaction. */
  public EntitySchedules(EntityManager entities) {
    this.entities = entities;
  }

  /** The active schedule of an organization; null if there is none. */
  public @Nullable ActiveSchedule load(long organizationId) {
    List<Object[]> found =
        entities
            .createQuery(ACTIVE, Object[].class)
            .setParameter("organizationId", organizationId)
            .getResultList();
    if (found.isEmpty()) {
      return null;
    }
    BusinessHoursSchedule schedule = (BusinessHoursSchedule) found.getFirst()[0];
    String timezone = schedule.getTimezone();
    return ActiveSchedule.of(
        withEffectiveTimezone(
            BusinessHoursMapping.toView(schedule),
            timezone == null ? (String) found.getFirst()[1] : timezone));
  }

  private static BusinessHoursView withEffectiveTimezone(BusinessHoursView view, String timezone) {
    return new BusinessHoursView(
        view.id(),
        view.version(),
        view.createdAt(),
        view.updatedAt(),
        view.organizationId(),
        view.name(),
        view.status(),
        view.scope(),
        view.timezone(),
        timezone,
        view.openHoursAction(),
        view.closedHoursAction(),
        view.schedule(),
        view.exceptions(),
        view.importedExceptions(),
        null);
  }
}
