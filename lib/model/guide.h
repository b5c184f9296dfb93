/* Finding the questions of an interview guide in what an interviewer says.
 *
 * A question that was put in other words is recognised by the words it shares. Words are folded and light English
 * endings taken off. A word weighs log2((n + 1) / d): n is the number of the guide's questions and the interviewers'
 * turns of the document together, d is how many of them have the word; so words that every question has weigh little, in
 * any language. The likeness of two sets of words is twice the weight of what they share, by the weight of both (Dice).
 * A turn is as like a question as its sentence, or its two sentences in a row, that is most like it. It asks the question
 * it is most like, when the likeness is 0.25 or more and no other question is as like. */
#ifndef QC_MODEL_GUIDE_H
#define QC_MODEL_GUIDE_H

#include "model/transcript.h"
#include <qcode/guide.h>

/* The least likeness, in thousandths. */
enum { QC_GUIDE_LEAST = 250 };

/* Gives every turn the question of the guide that it asks or answers. False when memory runs out. */
bool qc_guide_link(const qcode_guide *guide, qcode_transcript *talk);

#endif
