package org.azekura.api.access;

/** What a call does, as far as it matters to who may make it. */
public enum Right {

    /** About oneself: who I am, my password, my second factor, the end of my session. */
    OWN,

    /** Sees something and changes nothing. */
    READ,

    /** Brings data back, and looks into what could be brought back. */
    RESTORE,

    /** Runs what is configured: jobs, media, devices, hosts, policies. */
    OPERATE,

    /** Says who may do what, what is trusted, and what is sealed for whom. */
    ADMINISTER
}
