import type { HouseStore } from '../kernel/house-store.port.ts';
import type { Goals, GoalsFact } from './goals.ts';

export type GoalsStore = HouseStore<Goals, GoalsFact>;
