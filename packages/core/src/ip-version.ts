/** The two versions of the Internet Protocol. */
export enum IpVersion {
  /** 32-bit addresses. */
  IPV4 = 4,

  /** 128-bit addresses. */
  IPV6 = 6,
}
