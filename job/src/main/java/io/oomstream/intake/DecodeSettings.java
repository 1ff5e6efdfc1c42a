package io.oomstream.intake;

import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * How records are read.
 *
 * @param zone of the wall clocks that name none
 * @param fields where a JSON of the user's own making has what we need
 * @param requireKernelFacility whether only lines count whose envelope proves that the kernel wrote
 *     them
 */
public record DecodeSettings(
    Envelope envelope,
    int maxLineBytes,
    ZoneId zone,
    FieldNames fields,
    HostName hostName,
    boolean requireKernelFacility)
    implements Serializable {}
