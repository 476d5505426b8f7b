import ActivationProfiling
import RangeRecommendation
import Testing

@testable import Reporting

@Suite struct CSVTablesTests {
  @Test("The tables have the columns that the documentation names.")
  func columns() throws {
    let tables = CSVTables(try SampleReports.full())
    let headers = [
      tables.sites, tables.quantiles, tables.channels, tables.extremes, tables.recommendations!,
      tables.policies!, tables.returnLevels, tables.tradeOff!,
    ].map { String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self) }
    #expect(
      headers == [
        "site,layer,function,values,min,max,mean,standard_deviation,zeros,subnormals,nan,"
          + "positive_infinity,negative_infinity",
        "site,quantile,value,lower_bound,upper_bound",
        "site,channel,values,min,max,mean,standard_deviation",
        "site,side,rank,value,sample,channel,coordinates",
        "site,function,policy,lower,upper,escape_probability,method,degree,supremum_error,"
          + "weighted_rms_error,depth,multiplications,fuse,held_out_escapes,tail_shape_below,"
          + "tail_shape_above,tail_level_below,tail_level_above,observed_ratio,note",
        "policy,used,escape_probability,promised_escape,held_out,held_out_escapes,escape_lower,"
          + "escape_upper,calibrated_on_held_out,total_depth",
        "site,side,inputs,seen,model,lower_bound,upper_bound,note",
        "site,policy,lower,upper,degree,depth,supremum_error,error_bound",
      ])
  }

  @Test("Numbers read back to what the profile holds.")
  func roundTrip() throws {
    let report = try Report(SampleReports.profile(SampleReports.ordinarySites))
    let rows = try CSV.rows(CSVTables(report).sites)
    #expect(rows.map(\.["site"]) == SampleReports.ordinarySites.map(\.name))
    for (row, site) in zip(rows, report.sites) {
      #expect(row["values"].flatMap(UInt64.init) == site.statistics.count)
      #expect(row["min"].flatMap(Float.init) == site.statistics.minimum)
      #expect(row["max"].flatMap(Float.init) == site.statistics.maximum)
      #expect(row["mean"].flatMap(Double.init) == site.statistics.moments.mean)
      #expect(
        row["standard_deviation"].flatMap(Double.init)
          == site.statistics.moments.standardDeviation)
      #expect(row["nan"] == "0")
    }
    let channels = try CSV.rows(CSVTables(report).channels)
    #expect(channels.count == 16)
    #expect(
      channels[3]["max"].flatMap(Float.init) == report.sites[0].statistics.channels[3].maximum)
    let extremes = try CSV.rows(CSVTables(report).extremes)
    #expect(extremes.count == 4 * 2 * 32)
    let highest = report.sites[0].statistics.highest.values[0]
    #expect(extremes[0]["side"] == "highest" && extremes[0]["rank"] == "1")
    #expect(extremes[0]["value"].flatMap(Float.init) == highest.value)
    #expect(extremes[0]["sample"] == "\(highest.sample)")
    #expect(extremes[0]["coordinates"] == "\(highest.offset / 4) \(highest.offset % 4)")
    #expect(extremes[0]["channel"] == "\(highest.offset % 4)")
  }

  @Test("The tables behind the charts hold what the charts draw.")
  func charts() throws {
    let report = try SampleReports.full()
    let levels = try CSV.rows(CSVTables(report).returnLevels)
    // 10, 100 and 1,000 inputs on both sides of four sites.
    #expect(levels.count == 4 * 2 * 3)
    let side = try #require(report.sites[0].returnLevels?.sides[0])
    #expect(levels[1]["inputs"] == "100" && levels[1]["side"] == "above")
    #expect(levels[1]["seen"].flatMap(Double.init) == side.level(period: 100).seen)
    #expect(levels[1]["note"] == "no extrapolation is supported: it needs 500 inputs, not 200")
    let tradeOff = try #require(report.tradeOff)
    let errors = try CSV.rows(#require(CSVTables(report).tradeOff))
    #expect(errors.count == 6 * tradeOff.lines.joined().count)
    #expect(errors[2]["degree"] == "7" && errors[2]["depth"] == "3")
    #expect(errors[2]["supremum_error"].flatMap(Double.init) == tradeOff.lines[0][0].errors[2])
  }

  @Test("A level that the values cannot support has empty fields.")
  func quantiles() throws {
    let report = try Report(SampleReports.profile([SampleReports.normalSite("a/tanh", "tanh")]))
    let rows = try CSV.rows(CSVTables(report).quantiles)
    #expect(
      rows.map { $0["quantile"]! } == [
        "0.0001", "0.001", "0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99", "0.999",
        "0.9999",
      ])
    #expect(rows[0]["value"] == "" && rows[0]["lower_bound"] == "" && rows[10]["value"] == "")
    let median = try report.sites[0].statistics.quantile(0.5)
    #expect(rows[5]["value"].flatMap(Double.init) == median.value)
    #expect(rows[5]["lower_bound"].flatMap(Double.init) == median.lower)
    #expect(rows[5]["upper_bound"].flatMap(Double.init) == median.upper)
  }

  @Test("There is a line for each site and policy, empty where there is no number.")
  func recommendations() throws {
    let report = try SampleReports.full()
    let recommendation = try #require(report.recommendation)
    let rows = try CSV.rows(try #require(CSVTables(report).recommendations))
    #expect(rows.count == 4 * recommendation.policies.count)
    for site in recommendation.sites {
      for policy in recommendation.policies {
        let row = try #require(
          rows.first { $0["site"] == site.site && $0["policy"] == policy.label })
        let option = site.option(policy.label)
        #expect(row["lower"].flatMap(Double.init) == option?.lower)
        #expect(row["degree"].flatMap(Int.init) == option?.approximation?.degree)
        #expect(row["method"] == option?.approximation?.method.rawValue ?? "")
        #expect(row["fuse"].flatMap(Double.init) == option?.approximation?.fuse)
        #expect(row["note"]?.isEmpty == (option != nil && option?.note == nil))
      }
    }
    #expect(try CSVTables(Report(report.profile)).recommendations == nil)
    #expect(try CSVTables(Report(report.profile)).policies == nil)
  }

  @Test("There is a line for each policy, with what held-out inputs did where some were held out.")
  func policies() throws {
    let profile = SampleReports.profile(SampleReports.ordinarySites)
    let recommendation = try Recommender(
      policy: .inference(coverage: 0.9, confidence: 0.9, seed: 1),
      comparisons: [
        .minmax(margin: 1), .quantile(share: 0.99),
        .inference(coverage: 0.999, confidence: 0.95, seed: 1),
      ], degreeLimit: 7
    ).recommend(from: CalibrationInputs(profile, holdingOut: 0.25, seed: 2))
    let tables = CSVTables(try Report(profile, recommendation: recommendation))
    let rows = try CSV.rows(try #require(tables.policies))
    #expect(rows.map { $0["policy"] } == recommendation.policies.map(\.label))
    #expect(rows.map { $0["used"] } == ["1", "0", "0", "0"])
    #expect(rows.map { $0["calibrated_on_held_out"] } == ["0", "0", "1", ""])
    for (row, policy) in zip(rows, recommendation.policies) {
      #expect(row["escape_probability"].flatMap(Double.init) == policy.escapeProbability)
      #expect(row["held_out"].flatMap(Int.init) == policy.heldOut?.inputs)
      #expect(row["held_out_escapes"].flatMap(Int.init) == policy.heldOut?.escaped)
      #expect(row["escape_upper"].flatMap(Double.init) == policy.heldOut?.upper)
      #expect(row["promised_escape"].flatMap(Double.init) == policy.heldOut?.promised)
    }
    let page = String(
      decoding: HTMLReport(try Report(profile, recommendation: recommendation)).page,
      as: UTF8.self)
    #expect(page.contains("were kept out of calibration") && page.contains("95 % interval"))
  }

  @Test("Names with commas, quotes and line ends come back unchanged.")
  func hostileNames() throws {
    let names = ["a,b/relu", "\"quoted\"/relu", "two\r\nlines/relu", "<script>/relu", " plain"]
    let sites = names.map { SampleReports.normalSite($0, "relu") }
    let tables = CSVTables(try Report(SampleReports.profile(sites)))
    #expect(try CSV.rows(tables.sites).map { $0["site"]! } == names)
    #expect(String(decoding: tables.sites, as: UTF8.self).contains("\"a,b/relu\",\"a,b\",relu,"))
  }

  @Test("A site that saw nothing has empty numbers, not zeros.")
  func emptySite() throws {
    let site = SampleReports.site("a/relu", "relu", inputs: 0) { _, _ in 0 }
    let row = try CSV.rows(CSVTables(Report(SampleReports.profile([site]))).sites)[0]
    #expect(row["values"] == "0")
    for column in ["min", "max", "mean", "standard_deviation"] { #expect(row[column] == "") }
  }
}

/// A reader of RFC 4180.
enum CSV {
  struct Malformed: Error {}

  static func rows(_ bytes: [UInt8]) throws -> [[String: String]] {
    var (lines, fields, field, isQuoted) = ([[String]](), [String](), "", false)
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if isQuoted {
        if scalar != "\"" {
          field.unicodeScalars.append(scalar)
        } else if index + 1 < scalars.count && scalars[index + 1] == "\"" {
          field += "\""
          index += 1
        } else {
          isQuoted = false
        }
      } else if scalar == "\"" {
        guard field.isEmpty else { throw Malformed() }
        isQuoted = true
      } else if scalar == "," || scalar == "\n" {
        fields.append(field)
        field = ""
        if scalar == "\n" {
          lines.append(fields)
          fields = []
        }
      } else {
        field.unicodeScalars.append(scalar)
      }
      index += 1
    }
    guard !isQuoted, fields.isEmpty, field.isEmpty, let header = lines.first else {
      throw Malformed()
    }
    return try lines.dropFirst().map { line in
      guard line.count == header.count else { throw Malformed() }
      return Dictionary(uniqueKeysWithValues: zip(header, line))
    }
  }
}
