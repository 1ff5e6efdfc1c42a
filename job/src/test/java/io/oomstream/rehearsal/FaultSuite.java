package io.oomstream.rehearsal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Faults on real processes, one after the other: {@code REPOSITORY WORK HOSTS SECONDS [FAULT…]}. A
 * row for each; the exit code is not 0 if an event was lost, changed or made up.
 */
public final class FaultSuite {

  private FaultSuite() {}

  public static void main(String[] args) throws Exception {
    int exit = 1;
    try {
      exit = run(args) ? 0 : 1;
    } catch (Exception e) {
      e.printStackTrace();
    } finally {
      System.out.flush();
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(exit);
    }
  }

  private static boolean run(String[] args) throws Exception {
    Path repository = Path.of(args[0]).toAbsolutePath().normalize();
    Path work = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    List<LiveFleet.Shipped> fleet =
        LiveFleet.of(Integer.parseInt(args[2]), Double.parseDouble(args[3]));
    List<Fault> faults = new ArrayList<>();
    Arrays.stream(args).skip(4).forEach(name -> faults.add(Fault.of(name)));
    if (faults.isEmpty()) {
      faults.addAll(Arrays.asList(Fault.values()));
      // Both are tried one by one.
      faults.remove(Fault.TASKMANAGER_THEN_JOBMANAGER_KILLED);
    }
    System.out.println(FaultResult.HEAD);
    boolean passed = true;
    for (Fault fault : faults) {
      passed &= one(fault, repository, work.resolve(fault.argument()), fleet);
    }
    return passed;
  }

  private static boolean one(Fault fault, Path repository, Path work, List<LiveFleet.Shipped> fleet)
      throws Exception {
    try (FaultRun run = new FaultRun(repository, work, fleet, fault.exactlyOnce())) {
      fault.run(run);
      FaultResult result = run.finish(fault.argument());
      System.out.println(result.row());
      System.out.flush();
      return result.passed();
    } catch (RuntimeException | java.io.IOException e) {
      System.out.println("| " + fault.argument() + " | **" + e.getMessage() + "** |");
      System.out.flush();
      return false;
    }
  }
}
