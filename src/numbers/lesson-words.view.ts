import type { Cause, LessonKind, Where } from './lessons.ts';

export const CAUSE_WORDS: { readonly [Name in Cause]: string } = {
  'wrong-or-late-invoice': 'invoice wrong or late',
  'no-purchase-order': 'purchase order missing',
  'wrong-contact': 'wrong contact',
  quality: 'dispute about quality',
  price: 'dispute about price',
  quantity: 'dispute about quantity',
  'customer-cash': 'customer short of cash',
  insolvency: 'insolvency',
  'terms-unclear': 'terms unclear',
  'no-credit-check': 'no credit check',
  'limit-ignored': 'credit limit ignored',
  'follow-up-late': 'our follow-up late',
  fraud: 'fraud',
  other: 'other',
};

export const WHERE_WORDS: { readonly [Name in Where]: string } = {
  onboarding: 'onboarding',
  'credit-vetting': 'credit vetting',
  terms: 'terms',
  invoicing: 'invoicing',
  'follow-up': 'follow-up',
  sales: 'sales',
};

export const KIND_WORDS: { readonly [Name in LessonKind]: string } = {
  'write-off': 'written off',
  placement: 'back from an agency or law firm',
  'plan-default': 'payment plan in default',
  'late-and-paid': 'paid more than 60 days late',
};
