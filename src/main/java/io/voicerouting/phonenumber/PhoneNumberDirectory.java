package io.voicerouting.phonenumber;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds phone numbers for other packages. Queries the database. */
@Component
public class PhoneNumberDirectory {

  private final PhoneNumberRepository numbers;

  PhoneNumberDirectory(PhoneNumberRepository numbers) {
    this.numbers = numbers;
  }

  /** Finds a number or block of an organization by its id. */
  public Optional<PhoneNumberView> find(long organizationId, long id) {
    return numbers.findByIdAndOrganizationId(id, organizationId).map(PhoneNumber::toView);
  }
}
