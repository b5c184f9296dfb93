/* libqcode: interviews coded in the open. One include for all of it. */
#ifndef QCODE_H
#define QCODE_H

#include <qcode/agree.h>
#include <qcode/measured.h>
#include <qcode/analyse.h>
#include <qcode/chart.h>
#include <qcode/codebook.h>
#include <qcode/coders.h>
#include <qcode/codings.h>
#include <qcode/compare.h>
#include <qcode/decisions.h>
#include <qcode/draft.h>
#include <qcode/error.h>
#include <qcode/evaluate.h>
#include <qcode/exports.h>
#include <qcode/guide.h>
#include <qcode/import.h>
#include <qcode/job.h>
#include <qcode/limits.h>
#include <qcode/match.h>
#include <qcode/memory.h>
#include <qcode/notes.h>
#include <qcode/pseudonymise.h>
#include <qcode/read.h>
#include <qcode/recode.h>
#include <qcode/report.h>
#include <qcode/review.h>
#include <qcode/screening.h>
#include <qcode/sheet.h>
#include <qcode/sink.h>
#include <qcode/study.h>
#include <qcode/table.h>
#include <qcode/transcript.h>
#include <qcode/tune.h>
#include <qcode/version.h>

#endif
