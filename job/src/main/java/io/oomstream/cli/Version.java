package io.oomstream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The release, as the build wrote it into the jar. */
public final class Version implements IVersionProvider {

  private static final String POM = "/META-INF/maven/io.oomstream/oomstream-job/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties pom = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(POM)) {
      if (in != null) {
        pom.load(in);
      }
    }
    return new String[] {
      "oomstream " + pom.getProperty("version", "of a release that is not known")
    };
  }
}
