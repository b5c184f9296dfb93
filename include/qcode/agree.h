/* How far coders agree: every coefficient on plain arrays, usable without anything else of qcode.
 *
 * Three kinds of data. Ratings: units x coders, each value a category. Spans: stretches of a text, each with a code.
 * Segmentations: a text cut into pieces. None of the functions keeps what it is given, and none prints.
 *
 * A coefficient may be undefined: nothing to compare, or no variation that chance could explain. Then it has a reason
 * and no number; it is never passed off as 0 or 1.
 *
 * Functions that return bool answer false with `err` (which may be NULL) when memory runs out (QCODE_NO_MEMORY) or the
 * data break what is said here (QCODE_INVALID); the result is then untouched. A NULL `memory` means malloc and free. */
#ifndef QCODE_AGREE_H
#define QCODE_AGREE_H

#include <qcode/error.h>
#include <qcode/export.h>
#include <qcode/memory.h>

/* -- figures ------------------------------------------------------------------------------------------------------ */

typedef enum qcode_reason {
    QCODE_REASON_NONE,              /* the figure is defined */
    QCODE_REASON_NOTHING_TO_COMPARE,
    QCODE_REASON_NO_VARIATION,      /* agreement by chance is certain, or disagreement by chance impossible */
    QCODE_REASON_ONE_CATEGORY,
    QCODE_REASON_NOT_TWO_CODERS,    /* the coefficient compares two */
    QCODE_REASON_NOT_TWO_CATEGORIES,
    QCODE_REASON_TOO_FEW_UNITS,     /* for a standard error or an interval */
    QCODE_REASON_INCOMPLETE,        /* the formula wants every unit rated by every coder */
    QCODE_REASON_NO_FORMULA,        /* no standard error is known: resample */
    QCODE_REASON_OVERLAP            /* a coder's spans overlap where the coefficient allows one code a place */
} qcode_reason;

typedef struct qcode_figure {
    bool defined;
    double value;        /* 0 when not defined: not to be used */
    qcode_reason reason; /* why it is not */
} qcode_figure;

/* "no two coders rated the same unit" ... */
QCODE_API const char *qcode_reason_text(qcode_reason reason);

/* A normal interval, value -+ z(level) * se, not clipped. Undefined where one of the two is. `level` lies in (0, 1). */
QCODE_API void qcode_normal_interval(qcode_figure value, qcode_figure se, double level, qcode_figure *low,
                                     qcode_figure *high);

/* -- ratings ------------------------------------------------------------------------------------------------------ */

#define QCODE_NOT_RATED (-1)

typedef struct qcode_ratings {
    size_t units, coders, categories; /* categories nobody used count as well, in q and in rank-based weights */
    const int32_t *values;            /* units x coders, unit by unit: 0 ... categories - 1, or QCODE_NOT_RATED */
    const uint64_t *counts;           /* how many identical units each row stands for; NULL: one */
    const uint32_t *clusters;         /* the cluster (interview) of each row, below cluster_count; NULL: none */
    size_t cluster_count;
} qcode_ratings;

/* The distinct rows of ratings and how often each occurs: all that any coefficient needs. Units nobody rated are left
 * out. It never changes, threads may share it, and the order of the units does not matter; it is the caller's to free.
 * Time is linear in units x coders. */
typedef struct qcode_tally qcode_tally;
QCODE_API qcode_tally *qcode_tally_new(const qcode_ratings *ratings, const qcode_memory *memory, qcode_error *err);
QCODE_API void qcode_tally_free(qcode_tally *tally);
QCODE_API uint64_t qcode_tally_units(const qcode_tally *tally); /* that somebody rated */

/* How often coder `a` gave category `i` where coder `b` gave `j`, into cells[i * categories + j]. */
QCODE_API void qcode_tally_pair(const qcode_tally *tally, size_t a, size_t b, uint64_t *cells);

/* Agreement weights: 1 on the diagonal, partial credit beside it. Ranks are places in the list of q categories. */
typedef enum qcode_weighting {
    QCODE_UNWEIGHTED,
    QCODE_LINEAR,    /* 1 - |i-j| / (q-1) */
    QCODE_QUADRATIC, /* 1 - (i-j)^2 / (q-1)^2 */
    QCODE_ORDINAL_WEIGHTS, /* 1 - C(|i-j|+1, 2) / C(q, 2) for i != j */
    QCODE_GIVEN_WEIGHTS
} qcode_weighting;

typedef struct qcode_weights {
    qcode_weighting kind;
    const double *given; /* categories x categories, for QCODE_GIVEN_WEIGHTS */
} qcode_weights;

/* -- chance-corrected agreement of any number of coders ------------------------------------------------------------ */

/* Gwet's general form (K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014): (pa - pe) / (1 - pe). They share
 * pa, the mean over units rated twice or more of the share of agreeing pairs, and differ in pe. */
typedef enum qcode_chance {
    QCODE_PERCENT_AGREEMENT, /* pe = 0 */
    QCODE_BRENNAN_PREDIGER,  /* Brennan and Prediger 1981: every category as likely */
    QCODE_FLEISS_KAPPA,      /* Fleiss 1971: the coders' common distribution; of two coders, Scott's pi */
    QCODE_CONGER_KAPPA,      /* Conger 1980: each coder's own distribution; of two coders, Cohen's kappa */
    QCODE_GWET_AC            /* Gwet 2008: AC1, and AC2 with weights */
} qcode_chance;

typedef struct qcode_agreement {
    qcode_figure value;
    qcode_figure observed, expected; /* pa and pe */
    qcode_figure se;                 /* over units, Gwet 2014 */
} qcode_agreement;

/* `weights` may be NULL for none. */
QCODE_API bool qcode_chance_corrected(const qcode_tally *tally, qcode_chance chance, const qcode_weights *weights,
                                      qcode_agreement *result, qcode_error *err);

/* Of the units that everybody rated, the share on which all agree. */
QCODE_API qcode_figure qcode_full_agreement(const qcode_tally *tally);

/* Standard error of Fleiss' kappa if there were no agreement beyond chance (Fleiss, Nee and Landis 1979). */
QCODE_API bool qcode_fleiss_null_se(const qcode_tally *tally, qcode_figure *se, qcode_error *err);

/* -- two coders, and means over pairs ------------------------------------------------------------------------------ */

typedef struct qcode_kappa {
    qcode_figure value;
    qcode_figure se;      /* Fleiss, Cohen and Everitt 1969 */
    qcode_figure null_se; /* the same if kappa were 0 */
    qcode_figure highest; /* the largest value these margins allow (Cohen 1960); unweighted only */
} qcode_kappa;

/* Cohen 1960; weighted, Cohen 1968. Coders `a` and `b`, units rated by both. */
QCODE_API bool qcode_cohen_kappa(const qcode_tally *tally, size_t a, size_t b, const qcode_weights *weights,
                                 qcode_kappa *result, qcode_error *err);

/* Scott 1955. Coders `a` and `b`, units rated by both. */
QCODE_API bool qcode_scott_pi(const qcode_tally *tally, size_t a, size_t b, qcode_figure *result, qcode_error *err);

/* Prevalence- and bias-adjusted kappa, 2 po - 1 (Byrt, Bishop and Carlin 1993): two coders, two categories. */
QCODE_API qcode_figure qcode_pabak(const qcode_tally *tally);

/* Holsti 1969: 2M / (N1 + N2), the mean over pairs of coders. */
QCODE_API qcode_figure qcode_holsti(const qcode_tally *tally);

/* Light 1971: the mean of Cohen's kappa over pairs of coders, on the units everybody rated. */
QCODE_API bool qcode_light_kappa(const qcode_tally *tally, qcode_figure *result, qcode_error *err);

/* -- Krippendorff's alpha ------------------------------------------------------------------------------------------ */

typedef enum qcode_level {
    QCODE_NOMINAL,
    QCODE_ORDINAL,
    QCODE_INTERVAL,
    QCODE_RATIO,
    QCODE_GIVEN_DISTANCE
} qcode_level;

typedef struct qcode_distance {
    qcode_level level;
    const double *values; /* what each category stands for (interval, ratio); NULL: its place, from 0 */
    const double *given;  /* categories x categories, symmetric: the difference as it enters the sum (delta squared) */
} qcode_distance;

typedef struct qcode_alpha {
    qcode_figure value;              /* 1 - observed / expected */
    qcode_figure observed, expected; /* Do and De */
    qcode_figure se;                 /* nominal only: Gwet 2014 */
} qcode_alpha;

/* Krippendorff 2011 ("Computing Krippendorff's alpha-reliability"): coincidences, with n - 1. Ordinal categories come
 * in their order. A ratio of two zeros is no difference. */
QCODE_API bool qcode_krippendorff_alpha(const qcode_tally *tally, const qcode_distance *distance, qcode_alpha *result,
                                        qcode_error *err);

/* Sets of codes as categories: alpha with QCODE_GIVEN_DISTANCE and one of these. */
typedef struct qcode_set_of_codes {
    const size_t *codes; /* rising */
    size_t count;
} qcode_set_of_codes;

/* Fills distances[i * count + j]. MASI (Passonneau 2006): 1 - J * M; Jaccard: 1 - J. They enter as they are. */
QCODE_API void qcode_masi_distances(const qcode_set_of_codes *sets, size_t count, double *distances);
QCODE_API void qcode_jaccard_distances(const qcode_set_of_codes *sets, size_t count, double *distances);

/* -- category by category ------------------------------------------------------------------------------------------ */

/* Each fills `categories` figures. Fleiss 1971 and Krippendorff: the category against all others. Specific agreement
 * (Spitzer and Fleiss 1974; positive and negative agreement of Cicchetti and Feinstein 1990 where there are two): of
 * the ratings in this category, the share that another coder of the unit gave as well. */
QCODE_API bool qcode_fleiss_categories(const qcode_tally *tally, qcode_figure *figures, qcode_error *err);
QCODE_API bool qcode_alpha_categories(const qcode_tally *tally, qcode_figure *figures, qcode_error *err);
QCODE_API bool qcode_specific_agreement(const qcode_tally *tally, qcode_figure *figures, qcode_error *err);

/* -- spans -------------------------------------------------------------------------------------------------------- */

#define QCODE_ALL_CODES SIZE_MAX

/* Characters [start, end) that a coder gave a code. */
typedef struct qcode_coded {
    size_t coder, code;
    size_t start, end; /* start < end */
} qcode_coded;

/* One continuum that several coders coded. In any order; spans of one coder with the same code must not overlap. */
typedef struct qcode_continuum {
    size_t length; /* in characters */
    size_t coders; /* those without spans as well */
    size_t codes;
    const qcode_coded *spans;
    size_t count;
} qcode_continuum;

/* A stretch of the continuum that is rated as one: a turn, a sentence. */
typedef struct qcode_stretch {
    size_t start, end; /* start < end */
    uint32_t cluster;  /* the interview it belongs to */
} qcode_stretch;

/* Spans as ratings of two categories: 1 where a coder has a span of the code (of any, with QCODE_ALL_CODES), else 0.
 * Every character of the stretches is a unit; or each stretch is one, rated 1 when at least one of its characters is.
 * The stretches come in rising order and apart; NULL stands for one from end to end. Clusters as in qcode_ratings, when
 * `clusters` is above 0. */
QCODE_API qcode_tally *qcode_tally_characters(const qcode_continuum *continuum, size_t code,
                                              const qcode_stretch *stretches, size_t count, size_t clusters,
                                              const qcode_memory *memory, qcode_error *err);
QCODE_API qcode_tally *qcode_tally_stretches(const qcode_continuum *continuum, size_t code,
                                             const qcode_stretch *stretches, size_t count, size_t clusters,
                                             const qcode_memory *memory, qcode_error *err);

/* When a span of the one coder and a span of the other with the same code count as the same. */
typedef enum qcode_span_match {
    QCODE_SPAN_EXACT,     /* same start and end */
    QCODE_SPAN_OVERLAP,   /* they share a character; each side counted by itself */
    QCODE_SPAN_IOU,       /* shared / covered characters reach the threshold; in the largest one-to-one matching */
    QCODE_SPAN_CHARACTERS /* counted in characters */
} qcode_span_match;

/* Pooled over codes (micro), and the mean of the codes' own f1 (macro) over the codes that either coder used. A side
 * without spans has no precision or no recall, and f1 is 0; f1 is undefined where both have none. */
typedef struct qcode_retrieval {
    qcode_figure precision, recall, f1, macro_f1;
} qcode_retrieval;

/* Coder `found` against coder `wanted`, on one code or on all. `least` is the threshold of QCODE_SPAN_IOU, above 0. */
QCODE_API bool qcode_span_retrieval(const qcode_continuum *continuum, size_t code, size_t found, size_t wanted,
                                    qcode_span_match match, double least, qcode_retrieval *result,
                                    const qcode_memory *memory, qcode_error *err);

/* Krippendorff, Mathet, Bouvry and Widloecher 2016 ("On the reliability of unitizing textual continua"); Krippendorff
 * 2019, section 12.6. A coder's spans must not overlap among themselves (undefined with QCODE_REASON_OVERLAP). */
typedef enum qcode_unitizing {
    QCODE_UNITIZING_U,      /* where units are and which code they bear */
    QCODE_UNITIZING_BINARY, /* where units are; with a code, those of that code alone */
    QCODE_UNITIZING_CU,     /* which code, where two coders have a unit */
    QCODE_UNITIZING_KU      /* the same for one code against all others */
} qcode_unitizing;

/* `code` is wanted by QCODE_UNITIZING_KU, possible with QCODE_UNITIZING_BINARY, and QCODE_ALL_CODES otherwise. */
QCODE_API bool qcode_unitizing_alpha(const qcode_continuum *continuum, qcode_unitizing variant, size_t code,
                                     qcode_alpha *result, const qcode_memory *memory, qcode_error *err);

/* The first form (Krippendorff 1995, as in Krippendorff 2004, section 11.6): squared differences of ends and lengths. Of
 * all codes it is 1 - mean Do / mean De over the codes anyone used. Codes may overlap each other. */
QCODE_API bool qcode_unitizing_alpha_1995(const qcode_continuum *continuum, size_t code, qcode_alpha *result,
                                          const qcode_memory *memory, qcode_error *err);

/* -- segmentations ------------------------------------------------------------------------------------------------- */

/* A text cut into consecutive pieces, their lengths in units. All that are compared cover the same number of units. */
typedef struct qcode_segmentation {
    const size_t *masses; /* each above 0 */
    size_t count;
} qcode_segmentation;

typedef struct qcode_boundaries {
    qcode_figure boundary;     /* boundary similarity (Fournier 2013) */
    qcode_figure segmentation; /* segmentation similarity (Fournier and Inkpen 2012) */
} qcode_boundaries;

/* Means over pairs of coders. A near miss spans fewer than `n_t` (at least 1; 2 is usual) units; two texts without any
 * boundary agree fully. */
QCODE_API bool qcode_boundary_similarity(const qcode_segmentation *coders, size_t count, size_t n_t,
                                         qcode_boundaries *result, const qcode_memory *memory, qcode_error *err);

typedef struct qcode_windows {
    qcode_figure window_diff; /* Pevzner and Hearst 2002 */
    qcode_figure pk;          /* Beeferman, Berger and Lafferty 1999 */
} qcode_windows;

/* Errors, 0 is best. `k` is the window's width in units; 0 stands for half the mean piece of `wanted`, rounded half to
 * even, at least 2. */
QCODE_API bool qcode_window_errors(const qcode_segmentation *found, const qcode_segmentation *wanted, size_t k,
                                   qcode_windows *result, qcode_error *err);

/* -- resampling ---------------------------------------------------------------------------------------------------- */

/* All that is random here is drawn with xoshiro256** (Blackman and Vigna 2021), a stream of its own for each number of
 * a resample, seeded through SplitMix64: the same seed gives the same bytes, whoever works out which part. */

typedef enum qcode_resampling {
    QCODE_RESAMPLE_UNITS,   /* units with replacement */
    QCODE_RESAMPLE_CLUSTERS /* whole clusters with replacement */
} qcode_resampling;

/* Works out one figure of ratings. False stops the resampling. */
typedef bool qcode_statistic(const qcode_tally *tally, const void *user, qcode_figure *figure, qcode_error *err);

/* Resamples number `first` to `first` + `count` - 1, one figure each. Threads may each work out a part. */
QCODE_API bool qcode_resample(const qcode_tally *tally, qcode_resampling by, uint64_t seed, size_t first, size_t count,
                              qcode_statistic *statistic, const void *user, qcode_figure *figures, qcode_error *err);

typedef struct qcode_interval {
    qcode_figure low, high;
    size_t undefined; /* resamples that gave no number: they are left out */
} qcode_interval;

/* The middle `level` (0 to 1) of resampled figures. */
QCODE_API bool qcode_percentile_interval(const qcode_figure *figures, size_t count, double level, qcode_interval *result,
                                         const qcode_memory *memory, qcode_error *err);

/* Two coders and one code: units by who gave it. */
typedef struct qcode_pairs {
    uint64_t both, only_a, only_b, neither;
} qcode_pairs;

/* What rho simulates. {.kappa_threshold = 0.9, .kappa_min = 0.4, .precision_min = 0.6, .precision_max = 1, .length =
 * 10000, .replicates = 800} is rhoR's default. */
typedef struct qcode_rho {
    double kappa_threshold, kappa_min; /* kappas of codings that are not good enough */
    double precision_min, precision_max;
    double base_rate; /* of the code in all that was coded; 0: as the first coder gave it in the test */
    double inflation; /* the least share of positives (first coder) in a test set */
    size_t length;    /* units of a simulated set */
    size_t replicates;
    uint64_t seed;
} qcode_rho;

/* The share of test sets, drawn from simulated codings below the threshold, whose kappa is at least that of `test`
 * (Eagan, Rogers, Serlin, Ruis, Arastoopour Irgens and Shaffer 2017). */
QCODE_API bool qcode_shaffer_rho(const qcode_pairs *test, const qcode_rho *how, qcode_figure *result, qcode_error *err);

/* -- gamma --------------------------------------------------------------------------------------------------------- */

/* Mathet, Widloecher and Metivier 2015 ("The unified and holistic method gamma"): weights of position and code, and the
 * cost of a unit that is aligned with none. {1, 1, 1} is usual. */
typedef struct qcode_gamma {
    double alpha, beta, delta_empty;
    uint64_t seed;
} qcode_gamma;

/* The disorder of the best alignment: exact. Undefined without spans or with one coder. QCODE_LIMIT where the spans of
 * three or more coders lie so densely that what is best cannot be proved with bounded memory; two always can. */
QCODE_API bool qcode_gamma_disorder(const qcode_continuum *continuum, const qcode_gamma *how, qcode_figure *result,
                                    const qcode_memory *memory, qcode_error *err);

/* The same for random continua number `first` to `first` + `count` - 1: units, gaps and lengths drawn from normal
 * distributions, codes as often as seen (the sampler "statistical" of pygamma-agreement, Titeux and Riad 2021). Threads
 * may each work out a part. */
QCODE_API bool qcode_gamma_samples(const qcode_continuum *continuum, const qcode_gamma *how, size_t first, size_t count,
                                   double *disorders, const qcode_memory *memory, qcode_error *err);

/* 1 - disorder / mean of the random ones. */
QCODE_API qcode_figure qcode_gamma_of(qcode_figure disorder, const double *disorders, size_t count);

/* -- keyness ------------------------------------------------------------------------------------------------------- */

/* How far a word is more frequent in one of two sets than chance has it: the log-likelihood ratio (Dunning 1993) in the form
 * of Rayson and Garside 2000, for `a` of `a_all` and `b` of `b_all`; negative where it is less frequent in the first.
 * Above 3.84, 6.63, 10.83: p below 0.05, 0.01, 0.001, for a single word that was chosen beforehand. */
QCODE_API qcode_figure qcode_keyness(uint64_t a, uint64_t a_all, uint64_t b, uint64_t b_all);

#endif
