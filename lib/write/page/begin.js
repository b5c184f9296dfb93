/* One script, put together of the files beside this one when qcode is built. It loads nothing and sends nothing. */
(() => {
'use strict';

