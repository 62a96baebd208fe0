import type { HouseStore } from '../kernel/house-store.port.ts';
import type { Lesson, LessonFact } from './lessons.ts';

export type LessonStore = HouseStore<{ readonly version: number; readonly lessons: readonly Lesson[] }, LessonFact>;
