package dev.throughline.output;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.Instant;

/**
 * What a lease says.
 *
 * @param holder who took it
 * @param token no other lease has it
 * @param since when it was taken
 * @param heartbeat when its holder last said that it lives
 * @param until when it expires unless it is renewed
 * @param released whether its holder has given it back
 */
record LeaseNote(
    Holder holder,
    String token,
    Instant since,
    Instant heartbeat,
    Instant until,
    boolean released) {

  LeaseNote renewed(Instant now, Duration length) {
    return new LeaseNote(holder, token, since, now, now.plus(length), false);
  }

  LeaseNote givenBack(Instant now) {
    return new LeaseNote(holder, token, since, now, now, true);
  }

  Manifest json() {
    Manifest json = new Manifest();
    json.put("run", holder.run());
    json.put("user", holder.user());
    json.put("host", holder.host());
    json.put("pid", holder.pid());
    json.put("processes", holder.processes());
    json.put("started", holder.started());
    json.put("token", token);
    json.put("since", since.toString());
    json.put("heartbeat", heartbeat.toString());
    json.put("until", until.toString());
    json.put("released", released);
    return json;
  }

  static LeaseNote of(Config json) {
    return new LeaseNote(
        new Holder(
            json.getString("run"),
            json.getString("user"),
            json.getString("host"),
            json.getLong("pid"),
            json.getString("processes"),
            json.getString("started")),
        json.getString("token"),
        Instant.parse(json.getString("since")),
        Instant.parse(json.getString("heartbeat")),
        Instant.parse(json.getString("until")),
        json.getBoolean("released"));
  }
}
