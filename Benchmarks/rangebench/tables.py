"""The results as Markdown."""

from statistics import median

from rangebench import results, workloads

ENGINES = ("ONNX Runtime", "OpenVINO")
HISTOGRAMS = ("PyTorch + histc", "ONNX Runtime + NumPy")
CONTENDERS = {
    "bare": ("profile", "bare", *ENGINES),
    "recorders": ("PyTorch", "PyTorch + extremes", *HISTOGRAMS, "PyTorch + HistogramObserver"),
    "collectors": ("Keras", "Keras by hand", "ONNX Runtime calibration"),
}


def page():
    """All tables that there are results for."""
    found = {w: results.load(w) for w in workloads.ALL}
    tables = [goals(found), gains(found), seconds(found), memory(found), quality(found)]
    return "\n\n".join(f"{title}\n\n{table}" for title, table in tables if table)


def goals(found):
    rows = []
    for workload, parts in found.items():
        if run := parts.get("bare"):
            fastest = least(run, ENGINES)
            rows.append(
                [
                    workload.title,
                    f"{fastest}: {median(run[fastest]):.3f} s",
                    f"{median(run['profile']):.3f} s",
                    ratio(run, "profile", fastest),
                    ratio(run, "profile", "bare"),
                    ratio(run, "profile, whole process", fastest),
                ]
            )
    heads = ["workload", "fastest bare engine", "profile", "profile / fastest bare"]
    heads += ["profile / own bare", "whole process / fastest bare"]
    return "Our profile against bare forward passes:", table(heads, rows)


def gains(found):
    rows = []
    for workload, parts in found.items():
        recorders, collectors = parts.get("recorders"), parts.get("collectors")
        if recorders or collectors:
            row = [workload.title, "", "", "", ""]
            if recorders:
                best = least(recorders, HISTOGRAMS)
                row[1] = f"{ratio(recorders, best, 'profile')} {best}"
                row[2] = ratio(recorders, "PyTorch + HistogramObserver", "profile")
            if collectors:
                row[3] = ratio(collectors, "Keras by hand", "profile")
                row[4] = ratio(collectors, "ONNX Runtime calibration", "profile")
            rows.append(row)
    heads = ["workload", "best that counts in given ranges", "HistogramObserver"]
    heads += ["Keras by hand", "ONNX Runtime's percentile calibration"]
    return "How many times longer other recorders take than our profile:", table(heads, rows)


def seconds(found):
    keys = [key for group in CONTENDERS.values() for key in group]
    rows = []
    for workload, parts in found.items():
        cells = [
            f"{median(parts[group][key]):.3f}" if group in parts else ""
            for group, members in CONTENDERS.items()
            for key in members
        ]
        if any(cells):
            rows.append([workload.title, *cells])
    return "Median seconds:", table(["workload", *keys], rows)


def memory(found):
    rows = [
        [w.title, *(f"{peak['process']:.0f} ({peak['together']:.0f})" for peak in parts["memory"])]
        for w, parts in found.items()
        if "memory" in parts
    ]
    heads = ["workload", *(f"{times} × samples" for times in workloads.TIMES)]
    return "Peak megabytes of the program (of it and the process that reads files):", table(
        heads, rows
    )


def quality(found):
    rows = [
        [
            w.title,
            *(f"{q[key]:.0e}" for key in ("extremes", "0.999", "0.9999")),
            f"{q['enclosed']} of {q['quantiles']}",
        ]
        for w, parts in found.items()
        if (q := parts.get("quality"))
    ]
    heads = ["workload", "minimum and maximum", "99.9 %", "99.99 %", "inside the enclosure"]
    return "Largest relative difference from NumPy, tensors of a million values or more:", table(
        heads, rows
    )


def least(run, keys):
    return min(keys, key=lambda key: median(run[key]))


def ratio(run, numerator, denominator):
    """Median, least and greatest of the rounds' ratios."""
    ratios = [a / b for a, b in zip(run[numerator], run[denominator])]
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def table(heads, rows):
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else ""
