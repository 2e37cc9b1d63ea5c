package dev.throughline.sample;

import java.util.Arrays;
import java.util.List;

/** The campaigns of the sample, as one readable table. */
final class CampaignPlan {

  /** Rates in percent, prices in EUR; cost: where it is told; flight in percent of the range. */
  private static final String TABLE =
      """
      c01|Autumn Brand Film         |video       |brand     | 9.00|9.0|0.4|0.6|sign_up | 8.50|0   |sheet |0-100
      c02|Stories from the Coast    |video       |brand     |10.00|6.0|0.5|0.8|download| 9.80|0   |sheet |20-80
      c03|Homepage Takeover         |display     |brand     | 6.00|8.0|0.4|0.6|purchase| 6.40|0   |sheet |0-45
      c04|City Billboards Online    |display     |brand     | 5.00|6.0|0.4|0.7|booking | 4.20|0   |sheet |40-100
      c05|Creator Partnerships      |social      |brand     | 7.00|7.0|0.9|0.9|purchase| 7.20|0   |events|0-100
      c06|Podcast Companion         |social      |brand     | 6.00|3.0|0.8|0.8|sign_up | 5.50|0   |sheet |0-100
      c07|Which Trail Are You Quiz  |social      |engagement| 0.50|6.0|2.2|1.6|sign_up | 0   |0.38|sheet |10-60
      c08|Packing Guide             |display     |engagement| 0.60|5.0|1.1|2.5|download| 0   |0.55|sheet |0-100
      c09|Weekly Newsletter         |email       |engagement| 0.10|6.0|4.0|2.4|purchase| 1.20|0   |sheet |0-100
      c10|Welcome Series            |email       |engagement| 0.10|3.0|5.0|3.0|purchase| 1.20|0   |sheet |0-100
      c11|How-to Videos             |video       |engagement| 0.70|4.0|1.2|1.0|sign_up | 0   |0.62|sheet |0-100
      c12|Search: Outdoor           |paid_search |engagement| 0.80|5.0|4.0|2.0|purchase| 0   |0.74|sheet |0-100
      c13|Search: Rain Jackets      |paid_search |conversion|35.00|6.0|5.0|3.6|purchase| 0   |0.95|sheet |0-100
      c14|Search: Weekend Trips     |paid_search |conversion|55.00|5.0|4.5|3.2|booking | 0   |1.30|sheet |30-100
      c15|Brand Search: Shop        |brand_search|conversion|12.00|9.0|2.6|3.0|purchase| 0   |0.22|sheet |0-100
      c16|Brand Search: Trips       |brand_search|conversion|18.00|6.0|2.4|3.0|booking | 0   |0.28|sheet |0-100
      c17|Affiliate: Coupons        |affiliate   |conversion|20.00|4.0|3.0|4.4|purchase| 0   |0.60|events|0-100
      c18|Affiliate: Reviews        |affiliate   |engagement| 0.50|3.0|2.2|2.2|purchase| 0   |0.45|events|0-100
      c19|Retargeting: Cart         |retargeting |conversion|25.00|8.0|2.2|3.2|purchase| 3.80|0   |events|0-100
      c20|Retargeting: Trip Viewers |retargeting |conversion|60.00|5.0|1.4|2.6|booking | 3.40|0   |events|0-100
      c21|Display: New Audiences    |display     |conversion|60.00|6.0|0.6|0.8|purchase| 2.90|0   |sheet |0-100
      c22|Social: Catalogue         |social      |conversion|40.00|5.0|1.8|1.7|purchase| 0   |0.52|events|0-100
      c23|Cart Reminder             |email       |conversion| 2.00|3.0|5.4|3.8|purchase| 1.20|0   |sheet |0-100
      c24|Letter with Landing Code  |direct      |conversion|30.00|0.2|0  |2.8|purchase| 0   |1.10|sheet |25-75
      """;

  /** All campaigns, in the order of their ids. */
  static final List<Campaign> ALL = TABLE.lines().map(CampaignPlan::parse).toList();

  /** Where people who saw an advertisement look the brand up: the shop, then the trips. */
  static final List<Campaign> BRAND_SEARCH =
      ALL.stream().filter(campaign -> campaign.channel().equals("brand_search")).toList();

  private CampaignPlan() {}

  private static Campaign parse(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    String flight = cells.get(12);
    int dash = flight.indexOf('-');
    return new Campaign(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        Double.parseDouble(cells.get(5)),
        Double.parseDouble(cells.get(6)) / 100,
        Double.parseDouble(cells.get(7)) / 100,
        cells.get(8),
        Double.parseDouble(cells.get(9)),
        Double.parseDouble(cells.get(10)),
        cells.get(11).equals("events"),
        Integer.parseInt(flight.substring(0, dash)),
        Integer.parseInt(flight.substring(dash + 1)));
  }
}
