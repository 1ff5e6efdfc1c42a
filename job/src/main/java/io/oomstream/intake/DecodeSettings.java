package io.oomstream.intake;

import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * How records are read.
 *
 * @param zone for wall-clock times without a zone
 * @param fields the fields of a custom JSON format
 * @param requireKernelFacility whether to use only lines whose envelope proves that the kernel
 *     wrote them
 */
public record DecodeSettings(
    Envelope envelope,
    int maxLineBytes,
    ZoneId zone,
    FieldNames fields,
    HostName hostName,
    boolean requireKernelFacility)
    implements Serializable {}
