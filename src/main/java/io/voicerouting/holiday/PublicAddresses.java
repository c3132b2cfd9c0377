package io.voicerouting.holiday;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Distinguishes addresses of the public Internet from all others: private, loopback, link-local and
 * other special-purpose addresses (RFC 6890), and IPv6 addresses that contain an IPv4 address.
 */
final class PublicAddresses {

  private PublicAddresses() {}

  /** Whether an address is public. Java converts mapped IPv4 addresses to IPv4. */
  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] address) {
    int a = address[0] & 0xff;
    int b = address[1] & 0xff;
    int c = address[2] & 0xff;
    boolean special =
        a == 0
            || a == 10
            || a == 127
            || (a == 100 && (b & 0xc0) == 64) // shared by providers
            || (a == 169 && b == 254)
            || (a == 172 && (b & 0xf0) == 16)
            || (a == 192 && b == 168)
            || (a == 192 && b == 0 && (c == 0 || c == 2))
            || (a == 192 && b == 88 && c == 99)
            || (a == 198 && (b & 0xfe) == 18)
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113)
            || a >= 224; // multicast, reserved, broadcast
    return !special;
  }

  /** Only 2000::/3 is assigned for global use; parts of it are special. */
  private static boolean isPublic6(byte[] address) {
    int first = ((address[0] & 0xff) << 8) | (address[1] & 0xff);
    int second = ((address[2] & 0xff) << 8) | (address[3] & 0xff);
    boolean special =
        (first == 0x2001 && second < 0x0200) // Teredo and other protocols
            || (first == 0x2001 && second == 0x0db8) // documentation
            || first == 0x2002 // 6to4 contains an IPv4 address
            || first == 0x3fff; // documentation
    return (first & 0xe000) == 0x2000 && !special;
  }
}
