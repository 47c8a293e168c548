package org.azekura.client.posix;

import java.util.Map;

/** File systems that show the state of the kernel (linux/magic.h): there is nothing in them to save, and some of it never ends. */
final class KernelFileSystem {

    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(0x9fa0L, "proc"), Map.entry(0x62656572L, "sysfs"), Map.entry(0x27e0ebL, "cgroup"), Map.entry(0x63677270L, "cgroup2"),
            Map.entry(0x1cd1L, "devpts"), Map.entry(0x64626720L, "debugfs"), Map.entry(0x74726163L, "tracefs"),
            Map.entry(0x73636673L, "securityfs"), Map.entry(0xcafe4a11L, "bpf"), Map.entry(0x6165676cL, "pstore"),
            Map.entry(0xde5e81e4L, "efivarfs"), Map.entry(0x62656570L, "configfs"), Map.entry(0x42494e4dL, "binfmt_misc"),
            Map.entry(0x958458f6L, "hugetlbfs"), Map.entry(0x19800202L, "mqueue"), Map.entry(0x6e736673L, "nsfs"),
            Map.entry(0xf97cff8cL, "selinuxfs"), Map.entry(0x65735543L, "fusectl"));

    private KernelFileSystem() {}

    /** Null if it is none of these. */
    static String name(long magic) {
        return NAMES.get(magic);
    }
}
