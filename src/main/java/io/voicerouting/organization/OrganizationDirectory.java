package io.voicerouting.organization;

import io.voicerouting.common.NotFoundException;
import org.springframework.stereotype.Component;

/** Checks for other packages whether organizations exist. */
@Component
public class OrganizationDirectory {

  private final OrganizationRepository organizations;

  OrganizationDirectory(OrganizationRepository organizations) {
    this.organizations = organizations;
  }

  /** Whether an organization exists. Queries the database. */
  public boolean exists(long organizationId) {
    return organizations.existsById(organizationId);
  }

  /**
   * Requires that an organization exists. Queries the database.
   *
   * @throws NotFoundException {@code organization-not-found} if it does not exist
   */
  public void requireExisting(long organizationId) {
    if (!exists(organizationId)) {
      throw notFound(organizationId);
    }
  }

  /**
   * Requires that an organization exists, and locks it against other writers until the transaction
   * ends.
   *
   * @throws NotFoundException {@code organization-not-found} if it does not exist
   */
  public void lock(long organizationId) {
    if (organizations.lock(organizationId).isEmpty()) {
      throw notFound(organizationId);
    }
  }

  /** Creates the exception for an organization that does not exist. */
  public static NotFoundException notFound(long organizationId) {
    return new NotFoundException(
        "organization-not-found", "There is no organization " + organizationId + ".");
  }
}
