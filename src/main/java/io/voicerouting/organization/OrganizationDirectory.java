package io.voicerouting.organization;

import io.voicerouting.common.NotFoundException;
import org.springframework.stereotype.Component;

/** Tells other packages which organizations there are. */
@Component
public class OrganizationDirectory {

  private final OrganizationRepository organizations;

  OrganizationDirectory(OrganizationRepository organizations) {
    this.organizations = organizations;
  }

  /**
   * Lets the caller go on only if there is such an organization. Asks the database.
   *
   * @throws NotFoundException {@code organization-not-found} when there is none
   */
  public void requireExisting(long organizationId) {
    if (!organizations.existsById(organizationId)) {
      throw notFound(organizationId);
    }
  }

  /** The problem of an organization that does not exist. */
  public static NotFoundException notFound(long organizationId) {
    return new NotFoundException(
        "organization-not-found", "There is no organization " + organizationId + ".");
  }
}
